/// Data sets on disk. {@link terrazzo.data.datasets.Datasets} is the catalogue; almost every entry is a
/// {@link terrazzo.data.datasets.BaseSegDataset} with the class names, palette and file-name endings of a JSON file in
/// the resources. The wrappers join, repeat and mix data sets.
@NullMarked
package terrazzo.data.datasets;

import org.jspecify.annotations.NullMarked;
