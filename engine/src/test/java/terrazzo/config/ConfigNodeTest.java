package terrazzo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import terrazzo.core.error.ConfigException;

class ConfigNodeTest {

    private static ConfigNode head() throws IOException {
        String text = """
            model = dict(
                decode_head=dict(
                    type='mmseg.FCNHead',
                    channels=512,
                    sizes=(1, 2.0),
                    act_cfg=None,
                    losses=[dict(type='A'), dict(type='B')]))
            """;
        return Config.parse(text, "a.py").root().node("model").node("decode_head");
    }

    private static String failure(Consumer<ConfigNode> read) throws IOException {
        ConfigNode node = head();
        return assertThrows(ConfigException.class, () -> read.accept(node))
                .complaint()
                .text();
    }

    @Test
    void readsEachKindOfValue() throws IOException {
        ConfigNode head = head();
        assertEquals("model.decode_head", head.path());
        assertEquals("a.py:2", head.span().toString());
        assertEquals("FCNHead", head.type());
        assertEquals(512, head.integer("channels"));
        assertEquals(List.of(1, 2), head.ints("sizes"));
        assertEquals("ReLU", head.string("act_cfg", "ReLU"));
        assertFalse(head.has("act_cfg"));
        assertEquals(
                List.of("A", "B"),
                head.nodes("losses").stream().map(ConfigNode::type).toList());
        head.done();
    }

    @Test
    void saysWhereAValueOfTheWrongKindStands() throws IOException {
        assertEquals("a.py:4: model.decode_head.channels: expected text, got 512", failure(n -> n.string("channels")));
        assertEquals(
                "a.py:3: model.decode_head.type: expected a dict, got 'mmseg.FCNHead'", failure(n -> n.node("type")));
    }

    @Test
    void suggestsTheNearestKeyForAMissingOne() throws IOException {
        assertEquals(
                "a.py:2: model.decode_head.chanels: expected a value, got nothing — did you mean 'channels'?",
                failure(n -> n.integer("chanels")));
    }

    @Test
    void rejectsKeysThatNobodyAskedFor() throws IOException {
        assertEquals("a.py:4: model.decode_head.channels: unknown key — did you mean 'chanels'?", failure(n -> {
            n.ignoring("type", "sizes", "act_cfg", "losses", "chanels");
            n.done();
        }));
    }
}
