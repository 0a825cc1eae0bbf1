package example;

import terrazzo.train.hooks.Hooks;
import terrazzo.train.hooks.HooksExtension;

/// Adds a hook to what `custom_hooks` can name.
public final class ExampleHooks implements HooksExtension {

    @Override
    public Hooks extend(Hooks hooks) {
        return hooks.with("LossCeilingHook", (c, _) -> LossCeilingHook.read(c));
    }
}
