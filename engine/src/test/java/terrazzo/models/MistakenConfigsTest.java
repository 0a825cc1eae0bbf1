package terrazzo.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import terrazzo.config.Config;
import terrazzo.core.error.ConfigException;
import terrazzo.models.catalogue.StandardParts;

/// One mistake at a time in a config that is right otherwise: what the message says, word by word.
final class MistakenConfigsTest {

    private static final String RIGHT = """
        norm_cfg = dict(type='BN', requires_grad=True)
        model = dict(
            type='EncoderDecoder',
            backbone=dict(type='ResNetV1c', depth=50, norm_cfg=norm_cfg, dilations=(1, 1, 2, 4), strides=(1, 2, 1, 1)),
            decode_head=dict(
                type='PSPHead',
                in_channels=2048,
                in_index=3,
                channels=512,
                pool_scales=(1, 2, 3, 6),
                num_classes=19,
                norm_cfg=norm_cfg,
                sampler=dict(type='OHEMPixelSampler', thresh=0.7),
                loss_decode=dict(type='CrossEntropyLoss', loss_weight=1.0)),
            auxiliary_head=[
                dict(type='FCNHead', in_channels=1024, in_index=2, channels=256, num_classes=19, norm_cfg=norm_cfg)])
        """;

    @Test
    void isRightOtherwise() throws IOException {
        assertEquals(19, build(RIGHT).numClasses());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        'EncoderDecoder'    | 'EncoderDecodr'     | a.py:3: model.type: expected a segmentor, got 'EncoderDecodr' — did you mean 'EncoderDecoder'?
        'ResNetV1c'         | 'ResNetV1e'         | a.py:4: model.backbone.type: expected a backbone, got 'ResNetV1e' — did you mean 'ResNetV1c' or 'ResNetV1d'?
        'PSPHead'           | 'PSPNet'            | a.py:6: model.decode_head.type: expected a head, got 'PSPNet' — did you mean 'PSPHead'?
        'FCNHead'           | 'FNCHead'           | a.py:16: model.auxiliary_head[0].type: expected a head, got 'FNCHead' — did you mean 'EncHead' or 'FCNHead'?
        'CrossEntropyLoss'  | 'CrossEntropy'      | a.py:14: model.decode_head.loss_decode.type: expected a loss, got 'CrossEntropy' — did you mean 'CrossEntropyLoss'?
        'OHEMPixelSampler'  | 'OHEMSampler'       | a.py:13: model.decode_head.sampler.type: expected a sampler, got 'OHEMSampler' — did you mean 'OHEMPixelSampler'?
        in_channels=2048    | in_channels=1024    | a.py:7: model.decode_head.in_channels: expected 2048 (backbone ResNetV1c, level 3), got 1024
        in_channels=1024    | in_channels=512     | a.py:16: model.auxiliary_head[0].in_channels: expected 1024 (backbone ResNetV1c, level 2), got 512
        in_index=3          | in_index=4          | a.py:8: model.decode_head.in_index: expected below 4 (backbone ResNetV1c), got 4
        depth=50            | depth=51            | a.py:4: model.backbone.depth: expected one of 18, 34, 50, 101, 152, got 51
        pool_scales         | pool_scale          | a.py:10: model.decode_head.pool_scale: unknown key — did you mean 'pool_scales'?
        loss_weight=1.0     | weight=1.0          | a.py:14: model.decode_head.loss_decode.weight: unknown key — known keys: type, use_mask, use_sigmoid, reduction, class_weight, loss_weight, loss_name, avg_non_ignore
        depth=50            | deepth=50           | a.py:4: model.backbone.depth: expected a value, got nothing — did you mean 'deepth'?
        channels=512        | channels='many'     | a.py:9: model.decode_head.channels: expected a whole number, got 'many'
        depth=50            | 'depth=50, conv_cfg=dict(type="DCN")' | a.py:4: model.backbone.conv_cfg.type: expected 'Conv2d', got 'DCN'
        num_classes=19,     | num_classes=None,   | a.py:11: model.decode_head.num_classes: expected a value, got None
        """)
    void saysWhereWhatWasExpectedAndWhatIsNear(String right, String wrong, String message) {
        String text = RIGHT.replaceFirst(Pattern.quote(right), wrong);

        ConfigException e = assertThrows(ConfigException.class, () -> build(text));

        assertEquals(message, e.getMessage());
    }

    private static Segmentor build(String text) throws IOException {
        return StandardParts.parts().segmentor(Config.parse(text, "a.py").root().node("model"));
    }
}
