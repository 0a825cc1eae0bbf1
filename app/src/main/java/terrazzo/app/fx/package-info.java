/// Where the studio touches the toolkit and the machine outside scene graphs: threads, dialogs, stalls of the UI.
@NullMarked
package terrazzo.app.fx;

import org.jspecify.annotations.NullMarked;
