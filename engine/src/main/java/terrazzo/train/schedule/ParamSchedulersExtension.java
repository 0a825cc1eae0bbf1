package terrazzo.train.schedule;

import terrazzo.plugin.Extension;

/// Adds schedules to what configs can name.
public interface ParamSchedulersExtension extends Extension<ParamSchedulers> {}
