package terrazzo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What configs may say, against what Python prints for it.
class ExpressionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        1_000                                     | 1000
        0x10 + 0b11 + 0o7                         | 26
        1e-3                                      | 0.001
        .5e1                                      | 5.0
        1e-05                                     | 1e-05
        -2**2                                     | -4
        2**-1                                     | 0.5
        7 // -2                                   | -4
        -7 % 3                                    | 2
        -7.5 % 2                                  | 0.5
        1/1000                                    | 0.001
        2 * 3 + 4 / 2                             | 8.0
        -9223372036854775808                      | -9223372036854775808
        (1 << 4) + (5 & 3) + (5 ^ 1)              | 21
        not 1 == 2                                | True
        1 < 2 <= 2 != 3                           | True
        3 in [1, 2, 3] and 4 not in (1, 2)        | True
        None or 'x'                               | 'x'
        'a' if 0 else 'b'                         | 'b'
        'a' 'b' "c"                               | 'abc'
        'it''s'                                   | 'its'
        r'\\d' '\\n'                              | '\\\\d\\n'
        '\\x41\\u00e9'                            | 'Aé'
        (1,)                                      | (1, )
        1, 2                                      | (1, 2)
        ()                                        | ()
        [*range(3), 9]                            | [0, 1, 2, 9]
        {**dict(a=1), 'a': 2}                     | dict(a=2)
        dict(dict(a=1), b=2)                      | dict(a=1, b=2)
        dict([('a', 1)])                          | dict(a=1)
        {0: 1, 'a b': 2}                          | {0: 1, 'a b': 2}
        {}                                        | dict()
        [1, 2, 3, 4][::-2]                        | [4, 2]
        (1, 2, 3)[1:]                             | (2, 3)
        'abcdef'[-3:-1]                           | 'de'
        [1, 2, 3][5:]                             | []
        sum([18, 36]) + sum([[1], [2]], [])[0]    | 55
        [i * j for i in (1, 2) for j in range(3) if j != i] | [0, 2, 0, 2]
        [a for a, _ in [(1, 2), (3, 4)]]          | [1, 3]
        {f'b{i}.norm': i for i in range(2)}       | {'b0.norm': 0, 'b1.norm': 1}
        tuple(i for i in range(2))                | (0, 1)
        list(enumerate('ab'))                     | [(0, 'a'), (1, 'b')]
        list(zip([1, 2], 'ab'))                   | [(1, 'a'), (2, 'b')]
        max(1, 2.5), min([3, 2])                  | (2.5, 2)
        int('7'), int(7.9), float('1e3'), str(2.0) | (7, 7, 1000.0, '2.0')
        round(2.5), round(0.125, 2), abs(-3)      | (2, 0.12, 3)
        sorted([3, 1, 2], reverse=True)           | [3, 2, 1]
        len('abc'), bool([]), any([0, 1]), all([]) | (3, False, True, True)
        float('inf')                              | float('inf')
        f'{3:03d}-{2.5:.2f}-{"x":>3}-{{}}'        | '003-2.50-  x-{}'
        f'{1e-5:g} {1234567.0:,} {0.5:%} {"a"!r}' | "1e-05 1,234,567.0 50.000000% 'a'"
        f'{1+1}x{[1, 2][0]}'                      | '2x1'
        '{}x{}'.format(1, 2)                      | '1x2'
        '{1}{0}{n:.1e}'.format('a', 'b', n=1234)  | 'ba1.2e+03'
        '%s_%03d_%.1f%%' % ('a', 7, 0.25)         | 'a_007_0.2%'
        '%(n)s' % dict(n=3)                       | '3'
        ','.join(['a', 'b']).upper().split(',')   | ['A', 'B']
        'a.b'.replace('.', '/').startswith('a/')  | True
        [1, 2] + [3] * 2                          | [1, 2, 3, 3]
        dict(a=dict(b=[5])).a.b[0]                | 5
        dict(a=1).get('b', 2)                     | 2
        list(dict(a=1, b=2).items())              | [('a', 1), ('b', 2)]
        """)
    void meansWhatItMeansInPython(String expression, String printed) throws IOException {
        assertEquals(
                "x = " + printed + "\n",
                Config.parse("x = " + expression, "c.py").toPython());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a = b = [1]; a.append(2)                   | a = [1, 2]~b = [1, 2]~
        a = [1]; b = a.copy(); b += [2]            | a = [1]~b = [1, 2]~
        a = dict(x=1); a.update(y=2); a['z'] = 3   | a = dict(x=1, y=2, z=3)~
        a = dict(x=1, y=2); del a['x']             | a = dict(y=2)~
        a = dict(x=1); b = a.pop('x')              | a = dict()~b = 1~
        a, (b, *c) = 1, (2, 3, 4)                  | a = 1~b = 2~c = [3, 4]~
        a = 2; a *= 3; a -= 1                      | a = 5~
        a: int = 3                                 | a = 3~
        a = 1; del a; b = 2                        | b = 2~
        a = dict(b=dict(c=1)); a.b.c = 2           | a = dict(b=dict(c=2))~
        __x = 1; _y = 2                            | _y = 2~
        """)
    void runsThroughStatements(String text, String printed) throws IOException {
        assertEquals(printed.replace('~', '\n'), Config.parse(text, "c.py").toPython());
    }

    @Test
    void readsBlocksCommentsAndJoinedLines() throws IOException {
        String text = """
            '''A docstring.

            over lines'''
            # yapf: disable
            keys = {
                'a': 1,  # one
            }
            for i, n in enumerate([2, 3]):
                if n == 3: continue
                keys[f'n{i}'] = n
            if len(keys) > 5:
                kind = 'many'
            elif keys:
                kind = \\
                    'few'
            else:
                pass
            \tdel i
            del i, n
            """.replace("\tdel i\n", "");
        assertEquals(
                "keys = dict(a=1, n0=2)\nkind = 'few'\n",
                Config.parse(text, "c.py").toPython());
    }

    @Test
    void takesClassesByTheirNames() throws IOException {
        String text = """
            from mmengine.config import read_base
            from torch.optim import SGD
            from mmseg.models import (FCNHead, ResNetV1c as Net)
            optimizer = dict(type=SGD)
            model = dict(backbone=dict(type=Net), decode_head=dict(type=FCNHead))
            """;
        assertEquals("""
            optimizer = dict(type='SGD')
            model = dict(backbone=dict(type='ResNetV1c'), decode_head=dict(type='FCNHead'))
            """, Config.parse(text, "c.py").toPython());
    }
}
