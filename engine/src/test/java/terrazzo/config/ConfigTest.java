package terrazzo.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import terrazzo.core.error.ConfigException;

class ConfigTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text, UTF_8);
    }

    private String load(String name, String... options) throws IOException {
        return Config.load(folder.resolve(name), List.of(options)).toPython();
    }

    private String failure(String name, String... options) {
        return assertThrows(ConfigException.class, () -> load(name, options))
                .complaint()
                .text()
                .replace(folder.toString().replace('\\', '/') + "/", "");
    }

    @Nested
    class Inheritance {

        @BeforeEach
        void writeBases() throws IOException {
            write("_base_/model.py", "model = dict(type='EncoderDecoder', head=dict(type='FCNHead', channels=512))\n");
            write("_base_/run.py", "load_from = None\nlr = 0.01\n");
        }

        @Test
        void mergesBaseBeforeChild() throws IOException {
            write("a.py", "_base_ = ['./_base_/model.py', '_base_/run.py']\nmodel = dict(head=dict(channels=64))\n");
            assertEquals("""
                model = dict(type='EncoderDecoder', head=dict(type='FCNHead', channels=64))
                load_from = None
                lr = 0.01
                """, load("a.py"));
        }

        @Test
        void deletesWhatTheBaseHasWhenAsked() throws IOException {
            write("a.py", "_base_ = '_base_/model.py'\nmodel = dict(head=dict(_delete_=True, type='PSPHead'))\n");
            assertEquals("model = dict(type='EncoderDecoder', head=dict(type='PSPHead'))\n", load("a.py"));
        }

        @Test
        void forgetsTheDeleteMarkWhereThereIsNothingToDelete() throws IOException {
            write("a.py", "x = dict(_delete_=True, y=[dict(_delete_=True)])\n");
            assertEquals("x = dict(y=[dict()])\n", load("a.py"));
        }

        @Test
        void replacesListsAndScalars() throws IOException {
            write("b.py", "x = [dict(a=1)]\n");
            write("a.py", "_base_ = 'b.py'\nx = [dict(b=2)]\n");
            assertEquals("x = [dict(b=2)]\n", load("a.py"));
        }

        @Test
        void rejectsADictWhereTheBaseHasSomethingElse() throws IOException {
            write("a.py", "_base_ = '_base_/run.py'\n\nlr = dict(x=1)\n");
            assertEquals(
                    "a.py:3: lr: expected a float as in the base config, got a dict"
                            + " — add _delete_=True to replace what the base has",
                    failure("a.py"));
        }

        @Test
        void rejectsAKeyInTwoBases() throws IOException {
            write("_base_/again.py", "\nlr = 1\n");
            write("a.py", "_base_ = ['_base_/run.py', '_base_/again.py']\n");
            assertEquals(
                    "_base_/again.py:2: expected each key in one base only, got 'lr' again, first at " + folder
                            + "/_base_/run.py:2 — drop one of the bases of " + folder + "/a.py",
                    failure("a.py")
                            .replace("at _base_", "at " + folder + "/_base_")
                            .replace("of a.py", "of " + folder + "/a.py"));
        }

        @Test
        void rejectsAConfigThatIsItsOwnBase() throws IOException {
            write("a.py", "_base_ = 'b.py'\n");
            write("b.py", "_base_ = './a.py'\n");
            assertEquals(
                    "a.py: _base_: expected bases without a circle, got this config as its own base", failure("a.py"));
        }

        @Test
        void readsVariablesOfTheBase() throws IOException {
            write("a.py", """
                _base_ = ['_base_/model.py', '_base_/run.py']
                head = {{_base_.model.head}}
                rate = {{ _base_.lr }} * 2
                kind = '{{ _base_.model.type }}'
                note = 'lr {{_base_.lr}}'
                channels = _base_.model.head.channels
                model = dict(head=head)
                """);
            assertEquals("""
                model = dict(type='EncoderDecoder', head=dict(type='FCNHead', channels=512))
                load_from = None
                lr = 0.01
                head = dict(type='FCNHead', channels=512)
                rate = 0.02
                kind = 'EncoderDecoder'
                note = 'lr 0.01'
                channels = 512
                """, load("a.py"));
        }

        @Test
        void readsLazyBases() throws IOException {
            write("sub/a.py", """
                from mmengine.config import read_base
                with read_base():
                    from .._base_.model import *
                    from .._base_.run import lr as rate
                model.update(dict(head=dict(type='PSPHead')))
                """);
            assertEquals("""
                model = dict(type='EncoderDecoder', head=dict(type='PSPHead'))
                rate = 0.01
                """, load("sub/a.py"));
        }

        @Test
        void knowsTheNameOfItsFile() throws IOException {
            write("my_net.py", "work_dir = 'runs/{{ fileBasenameNoExtension }}{{fileExtname}}'\n");
            assertEquals("work_dir = 'runs/my_net.py'\n", load("my_net.py"));
        }
    }

    @Nested
    class OtherFormats {

        @Test
        void readsJsonAndYamlWithBases() throws IOException {
            write("b.yaml", "model: {type: A, sizes: [1, 2.5, null]}\nlr: 1.0e-3\n");
            write("a.json", "{\"_base_\": \"b.yaml\", \"model\": {\"type\": \"B\"}, \"rate\": \"{{ _base_.lr }}\"}");
            assertEquals("model = dict(type='B', sizes=[1, 2.5, None])\nlr = 0.001\nrate = 0.001\n", load("a.json"));
        }

        @Test
        void saysWhereJsonBreaks() throws IOException {
            write("a.json", "{\n\"a\": 1,\n\"a\": 2}");
            assertEquals("a.json:3: expected JSON, got Duplicate field 'a'", failure("a.json"));
        }

        @Test
        void refusesYamlTags() throws IOException {
            write("a.yml", "a: !!java.net.URL [x]\n");
            assertEquals(
                    "a.yml:1: expected YAML, got could not determine a constructor for the tag"
                            + " tag:yaml.org,2002:java.net.URL",
                    failure("a.yml"));
        }

        @Test
        void refusesDeepJson() throws IOException {
            write("a.json", "[".repeat(100_000));
            assertFalse(failure("a.json").isEmpty());
        }

        @Test
        void refusesOtherSuffixes() throws IOException {
            write("a.toml", "a = 1");
            assertEquals("a.toml: expected a .py, .json, .yaml or .yml file, got '.toml'", failure("a.toml"));
        }

        @Test
        void saysWhenThereIsNoFile() {
            assertEquals("nothing.py: no such config", failure("nothing.py"));
        }

        @Test
        void writesJsonThatReadsBackToTheSameDict() throws IOException {
            Config config = Config.parse("a = dict(b=[1, 2.5, None, True, 'é'], c=float('inf'))", "c.py");
            assertEquals(
                    config.dict(), Config.fromJson(config.toJson(), "c.json").dict());
        }
    }

    @Nested
    class CfgOptions {

        @BeforeEach
        void writeConfig() throws IOException {
            write("a.py", "p = [dict(type='A'), dict(type='B', s=(1, 2))]\nk = {'x.norm': dict(decay=0)}\nlr = 0.1\n");
        }

        private String set(String option) throws IOException {
            List<String> lines = load("a.py", option).lines().toList();
            List<String> before = load("a.py").lines().toList();
            return String.join(
                    "~", lines.stream().filter(l -> !before.contains(l)).toList());
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lr=1e-3                    | lr = 0.001
            lr=1                       | lr = 1
            lr=None                    | lr = None
            lr=true                    | lr = True
            lr=poly                    | lr = 'poly'
            lr='a b'                   | lr = 'a b'
            lr=1,2                     | lr = [1, 2]
            lr=[1,a,[2.5,False]]       | lr = [1, 'a', [2.5, False]]
            lr=(1,2)                   | lr = (1, 2)
            lr=[(1,2),(3,4)]           | lr = [(1, 2), (3, 4)]
            lr=[]                      | lr = []
            lr={'a': [1], 'b': (2,)}   | lr = dict(a=[1], b=(2, ))
            lr=dict(type='SGD', lr=1)  | lr = dict(type='SGD', lr=1)
            lr=[dict(type='A',b=1e-4)] | lr = [dict(type='A', b=0.0001)]
            lr=[dict(a=1, b=(2,3)),{'c': 'x, ]y', 'd': [{}]}] | lr = [dict(a=1, b=(2, 3)), dict(c='x, ]y', d=[dict()])]
            lr=(dict(a=1,b=2), 3)      | lr = (dict(a=1, b=2), 3)
            lr=dict(a=1),{'b': "it's"} | lr = [dict(a=1), dict(b="it's")]
            lr=[x, dict(a=' b ')]      | lr = ['x', dict(a=' b ')]
            lr=[[dict(a=1,b=2)], []]   | lr = [[dict(a=1, b=2)], []]
            lr=[a b, 'c d', mydict(1)] | lr = ['ab', 'cd', 'mydict(1)']
            lr=[ ( 1, 2 ) , [ ] ]      | lr = [(1, 2), []]
            p=[dict(type='C',k=1)]     | p = [dict(type='C', k=1)]
            k=[{'t': '\\\\', 'u': 1}]   | k = [dict(t='\\\\', u=1)]
            new.key.deep=1             | new = dict(key=dict(deep=1))
            p.0.type=C                 | p = [dict(type='C'), dict(type='B', s=(1, 2))]
            p.1.s.0=7                  | p = [dict(type='A'), dict(type='B', s=(7, 2))]
            p.1={'t': 1}               | p = [dict(type='A'), dict(type='B', s=(1, 2), t=1)]
            k.x.norm.decay=2           | k = {'x.norm': dict(decay=2)}
            k."y.z"=2                  | k = {'x.norm': dict(decay=0), 'y.z': 2}
            url=a=b                    | url = 'a=b'
            """)
        void setsOneValue(String option, String expected) throws IOException {
            assertEquals(expected, set(option));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            lr        | --cfg-options: expected key=value, got 'lr'
            p.7.x=1   | --cfg-options p.7.x: expected an index below 2, got '7'
            lr.x=1    | --cfg-options lr.x: expected a dict or list that has 'x', got 0.1
            a..b=1    | --cfg-options a..b: expected names with single dots between them, got 'a..b'
            lr=[(1,2] | --cfg-options lr: expected balanced brackets, got '(1,2'
            """)
        void saysWhatIsWrongWithAnOption(String option, String message) {
            assertEquals(message, failure("a.py", option));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lr=[dict(a=1,b=B)] | expected a name that an earlier line sets, got 'B'
            lr=[dict(a=1,b=2]  | expected ',', got the end of the file
            lr={'a': 1, b}     | expected values only, got a set
            """)
        void saysHowDictsAreWritten(String option, String complaint) {
            assertEquals(
                    "--cfg-options lr: " + complaint
                            + " — write dicts as Python does, with text in quotes: dict(type='PolyLR', power=0.9)",
                    failure("a.py", option));
        }
    }
}
