package terrazzo.checkpoint.resize;

/// The cubic spline through given places whose third derivative does not jump at the second and the last but one (`not
/// a
/// knot`); beyond the ends it stays what it is there.
final class Spline {

    private final double[] places;

    /// @param places where the samples are, growing; at least 4
    Spline(double... places) {
        this.places = places.clone();
    }

    /// Offsets `-n … n` whose steps grow by a ratio, so chosen that they reach about `reach`.
    static double[] geometricPlaces(int n, int reach) {
        double low = 1.01;
        double high = 1.5;
        double ratio = low;
        while (high - low > 1e-6) { // bounds and precision as BEiT's authors have them
            ratio = (low + high) / 2;
            if ((1 - Math.pow(ratio, n)) / (1 - ratio) > reach) {
                high = ratio;
            } else {
                low = ratio;
            }
        }
        double[] places = new double[2 * n + 1];
        double at = 1;
        for (int i = 0; i < n; i++) {
            places[n + 1 + i] = at;
            places[n - 1 - i] = -at;
            at += Math.pow(ratio, i + 1);
        }
        return places;
    }

    /// For each wanted place the weight of every sample: `[wanted][samples]`.
    double[][] weights(double[] wanted) {
        int n = places.length;
        double[][] curvatures = curvatures();
        double[][] weights = new double[wanted.length][n];
        for (int k = 0; k < wanted.length; k++) {
            double x = Math.clamp(wanted[k], places[0], places[n - 1]);
            int i = 0;
            while (i < n - 2 && x > places[i + 1]) {
                i++;
            }
            double h = places[i + 1] - places[i];
            double a = (places[i + 1] - x) / h;
            double b = (x - places[i]) / h;
            weights[k][i] += a;
            weights[k][i + 1] += b;
            for (int j = 0; j < n; j++) {
                weights[k][j] +=
                        ((a * a * a - a) * curvatures[i][j] + (b * b * b - b) * curvatures[i + 1][j]) * h * h / 6;
            }
        }
        return weights;
    }

    /// The second derivative at each place, as weights of the samples.
    private double[][] curvatures() {
        int n = places.length;
        double[][] system = new double[n][2 * n]; // left: unknown curvatures, right: samples
        for (int i = 1; i < n - 1; i++) {
            double before = places[i] - places[i - 1];
            double after = places[i + 1] - places[i];
            system[i][i - 1] = before;
            system[i][i] = 2 * (before + after);
            system[i][i + 1] = after;
            system[i][n + i - 1] = 6 / before;
            system[i][n + i] = -6 / before - 6 / after;
            system[i][n + i + 1] = 6 / after;
        }
        notAKnot(system[0], 0, places[1] - places[0], places[2] - places[1]);
        notAKnot(system[n - 1], n - 3, places[n - 2] - places[n - 3], places[n - 1] - places[n - 2]);
        solve(system);
        double[][] found = new double[n][n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(system[i], n, found[i], 0, n);
        }
        return found;
    }

    private static void notAKnot(double[] row, int first, double before, double after) {
        row[first] = after;
        row[first + 1] = -before - after;
        row[first + 2] = before;
    }

    /// Gauss and Jordan's elimination of the left half.
    private static void solve(double[][] system) {
        int n = system.length;
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int i = column + 1; i < n; i++) {
                pivot = Math.abs(system[i][column]) > Math.abs(system[pivot][column]) ? i : pivot;
            }
            double[] row = system[pivot];
            system[pivot] = system[column];
            system[column] = row;
            double scale = 1 / row[column];
            for (int k = column; k < 2 * n; k++) {
                row[k] *= scale;
            }
            for (int i = 0; i < n; i++) {
                double factor = system[i][column];
                if (i != column && factor != 0) {
                    for (int k = column; k < 2 * n; k++) {
                        system[i][k] -= factor * row[k];
                    }
                }
            }
        }
    }
}
