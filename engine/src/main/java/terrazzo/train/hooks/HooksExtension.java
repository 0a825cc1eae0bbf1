package terrazzo.train.hooks;

import terrazzo.plugin.Extension;

/// Adds hooks to what configs can name.
public interface HooksExtension extends Extension<Hooks> {}
