/// What was open, kept while the user works, so that it can be opened again after a crash or a restart.
@NullMarked
package terrazzo.app.session;

import org.jspecify.annotations.NullMarked;
