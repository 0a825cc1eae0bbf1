package terrazzo.house.broken;

import java.nio.charset.Charset;
import java.util.concurrent.atomic.AtomicInteger;

/// Breaks one rule per member.
public final class Sinner {

    static int calls;
    static final AtomicInteger COUNT = new AtomicInteger();

    private Sinner() {}

    static Sinner getInstance() {
        return new Sinner();
    }

    void print() {
        System.out.println(Charset.defaultCharset());
    }

    Thread thread() {
        return new Thread(this::print);
    }

    void end() {
        System.exit(1);
    }
}
