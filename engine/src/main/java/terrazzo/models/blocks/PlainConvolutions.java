package terrazzo.models.blocks;

import java.util.List;
import terrazzo.config.ConfigNode;

/// `conv_cfg` where parts are built of ordinary convolutions: it may say so, and nothing else.
public final class PlainConvolutions {

    private PlainConvolutions() {}

    /// @throws terrazzo.core.error.ConfigException when `conv_cfg` asks for others, such as deformable ones
    public static void require(ConfigNode c) {
        c.optionalNode("conv_cfg").ifPresent(conv -> {
            if (!List.of("Conv2d", "Conv", "Conv1d").contains(conv.type())) {
                throw conv.error("type", "'Conv2d'", "'" + conv.type() + "'", "");
            }
            conv.done();
        });
    }
}
