/// Classes that break the rules of the house, so that [terrazzo.house.BrokenRulesTest] sees each rule fail.
@NullMarked
package terrazzo.house.broken;

import org.jspecify.annotations.NullMarked;
