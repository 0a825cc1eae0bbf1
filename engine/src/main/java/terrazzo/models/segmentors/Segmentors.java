package terrazzo.models.segmentors;

import java.util.Map;
import terrazzo.models.Registry;
import terrazzo.models.Segmentor;

/// The catalogue of segmentors.
public final class Segmentors {

    private Segmentors() {}

    public static Registry<Segmentor> registry() {
        return new Registry<>(
                "segmentor",
                Map.ofEntries(
                        Map.entry("EncoderDecoder", EncoderDecoder::read),
                        Map.entry("CascadeEncoderDecoder", CascadeEncoderDecoder::read)));
    }
}
