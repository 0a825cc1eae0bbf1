package terrazzo.core.shape;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/// A size that may depend on the input's: a whole number, or sums, products and floor divisions of symbols such as `N`,
/// `H` and `W`. Kept as a polynomial in normal form, so that equal sizes are equal objects: `(H + 1) // 2` twice over
/// is
/// `(H + 3) // 4`, whichever way it was reached.
public final class Dim {

    public static final Dim ZERO = of(0);
    public static final Dim ONE = of(1);

    /// What can't be taken apart: a symbol, or a floor division that does not come out even.
    private sealed interface Atom extends Comparable<Atom> {
        String text();

        @Override
        default int compareTo(Atom other) {
            return text().compareTo(other.text());
        }
    }

    private record Symbol(String text) implements Atom {}

    private record FloorDiv(Dim numerator, long divisor, String text) implements Atom {
        FloorDiv(Dim numerator, long divisor) {
            this(numerator, divisor, "(" + numerator + ") // " + divisor);
        }
    }

    /// A product of atoms, sorted; the empty product is the constant term.
    private record Monomial(List<Atom> atoms) implements Comparable<Monomial> {
        static final Monomial UNIT = new Monomial(List.of());

        /// Larger degrees first, then by text, so that `H*W + H + 1` prints as one writes it.
        @Override
        public int compareTo(Monomial other) {
            int byDegree = Integer.compare(other.atoms.size(), atoms.size());
            return byDegree != 0 ? byDegree : text().compareTo(other.text());
        }

        String text() {
            return String.join(
                    "*",
                    atoms.stream()
                            .map(a -> a instanceof FloorDiv ? "(" + a.text() + ")" : a.text())
                            .toList());
        }

        Monomial times(Monomial other) {
            List<Atom> all = new ArrayList<>(atoms);
            all.addAll(other.atoms);
            all.sort(Comparator.naturalOrder());
            return new Monomial(List.copyOf(all));
        }
    }

    private final NavigableMap<Monomial, Long> terms;
    private final String text;

    private Dim(NavigableMap<Monomial, Long> terms) {
        terms.values().removeIf(c -> c == 0);
        this.terms = terms;
        this.text = print(terms);
    }

    public static Dim of(long value) {
        TreeMap<Monomial, Long> terms = new TreeMap<>();
        terms.put(Monomial.UNIT, value);
        return new Dim(terms);
    }

    /// A size that is known only when the model runs.
    ///
    /// @param name a Python identifier
    public static Dim symbol(String name) {
        TreeMap<Monomial, Long> terms = new TreeMap<>();
        terms.put(new Monomial(List.of(new Symbol(name))), 1L);
        return new Dim(terms);
    }

    public boolean isConstant() {
        return terms.isEmpty() || (terms.size() == 1 && terms.containsKey(Monomial.UNIT));
    }

    /// The value of a constant; empty when it depends on a symbol.
    public OptionalLong constant() {
        return isConstant() ? OptionalLong.of(constantTerm()) : OptionalLong.empty();
    }

    /// The value of a constant as an `int`.
    ///
    /// @throws IllegalStateException when this depends on a symbol
    public int intValue() {
        return Math.toIntExact(
                constant().orElseThrow(() -> new IllegalStateException("expected a fixed size, got " + this)));
    }

    public Dim plus(Dim other) {
        TreeMap<Monomial, Long> sum = new TreeMap<>(terms);
        other.terms.forEach((m, c) -> sum.merge(m, c, Math::addExact));
        return new Dim(sum);
    }

    public Dim plus(long value) {
        return plus(of(value));
    }

    public Dim minus(Dim other) {
        return plus(other.times(-1));
    }

    public Dim minus(long value) {
        return plus(of(-value));
    }

    public Dim times(Dim other) {
        TreeMap<Monomial, Long> product = new TreeMap<>();
        terms.forEach((m, c) ->
                other.terms.forEach((m2, c2) -> product.merge(m.times(m2), Math.multiplyExact(c, c2), Math::addExact)));
        return new Dim(product);
    }

    public Dim times(long factor) {
        return times(of(factor));
    }

    /// Division rounded towards minus infinity, as Python's `//`.
    public Dim floorDiv(long divisor) {
        if (divisor <= 0) {
            throw new IllegalArgumentException("expected a divisor above 0, got " + divisor);
        }
        if (divisor == 1) {
            return this;
        }
        TreeMap<Monomial, Long> even = new TreeMap<>();
        TreeMap<Monomial, Long> rest = new TreeMap<>();
        terms.forEach((m, c) -> {
            if (m.atoms().isEmpty()) {
                even.put(m, Math.floorDiv(c, divisor));
                rest.put(m, Math.floorMod(c, divisor));
            } else {
                (c % divisor == 0 ? even : rest).put(m, c % divisor == 0 ? c / divisor : c);
            }
        });
        Dim whole = new Dim(even);
        Dim remainder = new Dim(rest);
        if (remainder.isConstant()) {
            return whole;
        }
        return whole.plus(floorOf(remainder, divisor));
    }

    /// floor((p // e + r) / d) = (p + r*e) // (e*d): nested divisions become one, so that two halvings equal a
    /// quartering.
    private static Dim floorOf(Dim numerator, long divisor) {
        long r = numerator.constantTerm();
        if (numerator.terms.size() == (r == 0 ? 1 : 2)) {
            Map.Entry<Monomial, Long> lead = numerator.terms.firstEntry();
            if (lead.getValue() == 1
                    && lead.getKey().atoms().size() == 1
                    && lead.getKey().atoms().getFirst() instanceof FloorDiv(var p, var e, var _)) {
                return p.plus(Math.multiplyExact(r, e)).floorDiv(Math.multiplyExact(e, divisor));
            }
        }
        TreeMap<Monomial, Long> single = new TreeMap<>();
        single.put(new Monomial(List.of(new FloorDiv(numerator, divisor))), 1L);
        return new Dim(single);
    }

    /// Division rounded up.
    public Dim ceilDiv(long divisor) {
        return plus(divisor - 1).floorDiv(divisor);
    }

    /// What is left after [#floorDiv(long)], from 0 to `divisor - 1`.
    public Dim mod(long divisor) {
        return minus(floorDiv(divisor).times(divisor));
    }

    /// The smallest multiple of `divisor` that is not below this.
    public Dim roundUp(long divisor) {
        return ceilDiv(divisor).times(divisor);
    }

    /// This divided by `other` where that comes out even term by term; empty where it doesn't.
    public Optional<Dim> dividedBy(Dim other) {
        if (other.terms.size() != 1) {
            return equals(other) ? Optional.of(ONE) : Optional.empty();
        }
        Map.Entry<Monomial, Long> by = other.terms.firstEntry();
        TreeMap<Monomial, Long> quotient = new TreeMap<>();
        for (Map.Entry<Monomial, Long> term : terms.entrySet()) {
            List<Atom> left = new ArrayList<>(term.getKey().atoms());
            for (Atom atom : by.getKey().atoms()) {
                if (!left.remove(atom)) {
                    return Optional.empty();
                }
            }
            if (term.getValue() % by.getValue() != 0) {
                return Optional.empty();
            }
            quotient.put(new Monomial(List.copyOf(left)), term.getValue() / by.getValue());
        }
        return Optional.of(new Dim(quotient));
    }

    /// Whether the two can't be equal whatever the symbols are: their difference is a constant other than 0.
    public boolean differsFrom(Dim other) {
        OptionalLong difference = minus(other).constant();
        return difference.isPresent() && difference.getAsLong() != 0;
    }

    /// The value when each symbol has the value that `valueOf` gives for its name.
    public long evaluate(ToLongFunction<String> valueOf) {
        long sum = 0;
        for (Map.Entry<Monomial, Long> term : terms.entrySet()) {
            long product = term.getValue();
            for (Atom atom : term.getKey().atoms()) {
                product *= switch (atom) {
                    case Symbol(var name) -> valueOf.applyAsLong(name);
                    case FloorDiv(var numerator, var divisor, var _) ->
                        Math.floorDiv(numerator.evaluate(valueOf), divisor);
                };
            }
            sum += product;
        }
        return sum;
    }

    /// The names of the symbols that this depends on.
    public Set<String> symbols() {
        Set<String> names = new TreeSet<>();
        for (Monomial monomial : terms.keySet()) {
            for (Atom atom : monomial.atoms()) {
                switch (atom) {
                    case Symbol(var name) -> names.add(name);
                    case FloorDiv(var numerator, var _, var _) -> names.addAll(numerator.symbols());
                }
            }
        }
        return names;
    }

    private long constantTerm() {
        return terms.getOrDefault(Monomial.UNIT, 0L);
    }

    private static String print(NavigableMap<Monomial, Long> terms) {
        if (terms.isEmpty()) {
            return "0";
        }
        StringBuilder line = new StringBuilder();
        terms.forEach((monomial, c) -> {
            long size = Math.abs(c);
            if (line.isEmpty()) {
                line.append(c < 0 ? "-" : "");
            } else {
                line.append(c < 0 ? " - " : " + ");
            }
            if (monomial.atoms().isEmpty()) {
                line.append(size);
            } else {
                line.append(size == 1 ? "" : size + "*").append(monomial.text());
            }
        });
        return line.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dim that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /// The normal form, which is also valid Python over the symbols.
    @Override
    public String toString() {
        return text;
    }
}
