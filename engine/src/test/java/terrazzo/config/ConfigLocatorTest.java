package terrazzo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terrazzo.core.error.ConfigException;

class ConfigLocatorTest {

    @Test
    void readsAPackedConfigWithItsBasesByItsNameOf0x() throws IOException {
        Config config = new ConfigLocator().load("pspnet_r101-d8_512x1024_40k_cityscapes", List.of());
        assertEquals("pspnet/pspnet_r101-d8_4xb2-40k_cityscapes-512x1024.py", config.origin());
        assertEquals(101, config.root().node("model").node("backbone").integer("depth"));
    }

    @Test
    void prefersAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("fpn_r50_512x1024_80k_cityscapes.py"), "mine = 1\n");
        Config config = new ConfigLocator().load(file.toString(), List.of());
        assertEquals(List.of("mine"), List.copyOf(config.dict().entries().keySet()));
    }

    @Test
    void listsThePackedConfigsWithoutTheirBases() throws IOException {
        List<String> packed = new ConfigLocator().packed();
        assertTrue(packed.contains("ann/ann_r50-d8_4xb2-40k_cityscapes-512x1024.py"));
        assertTrue(packed.stream().noneMatch(name -> name.startsWith("_base_")));
    }

    @Test
    void namesWhatIsNearWhenThereIsNoSuchConfig() {
        ConfigException e = assertThrows(
                ConfigException.class, () -> new ConfigLocator().load("fpn_r50_512x1024_80k_cityscape", List.of()));
        assertEquals(
                "fpn_r50_512x1024_80k_cityscape: expected a config file or the name of a packed config, got neither —"
                        + " did you mean 'fpn_r50_512x1024_80k_cityscapes' or 'fpn_r101_512x1024_80k_cityscapes'?",
                e.getMessage());
    }
}
