/// What flows through a pipeline. {@link terrazzo.data.sample.Results} goes from step to step while an image is
/// prepared; {@link terrazzo.data.sample.SegDataSample} is what a model, a metric and a picture know of it afterwards.
/// {@link terrazzo.data.sample.Draws} is the only source of chance.
@NullMarked
package terrazzo.data.sample;

import org.jspecify.annotations.NullMarked;
