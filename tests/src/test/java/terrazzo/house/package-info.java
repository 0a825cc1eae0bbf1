/// What holds for the whole house: which package may use which, what a source file looks like, how it is formatted.
@NullMarked
package terrazzo.house;

import org.jspecify.annotations.NullMarked;
