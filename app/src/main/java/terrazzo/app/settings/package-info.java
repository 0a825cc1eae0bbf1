/// What is kept between runs, one immutable record per topic, each a versioned JSON file.
@NullMarked
package terrazzo.app.settings;

import org.jspecify.annotations.NullMarked;
