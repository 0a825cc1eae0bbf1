package example;

import java.util.List;
import terrazzo.core.image.Palette;
import terrazzo.data.datasets.DatasetDefaults;
import terrazzo.data.datasets.Datasets;
import terrazzo.data.datasets.DatasetsExtension;

/// Adds a data set of roofs seen from above: a folder of images, a folder of label maps.
public final class ExampleDatasets implements DatasetsExtension {

    @Override
    public Datasets extend(Datasets datasets) {
        return datasets.withFolders(new DatasetDefaults(
                "RoofDataset",
                ".png",
                "_label.png",
                false,
                false,
                List.of("ground", "roof", "solar panel"),
                new Palette(List.of(0x6B6B6B, 0xB5533C, 0x2B5FA8))));
    }
}
