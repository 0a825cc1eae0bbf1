package terrazzo.inference.zoo;

/// Where a family of models was published.
///
/// @param name the method's or backbone's name
/// @param title of the paper
/// @param url of the paper
/// @param year of the paper
public record Paper(String name, String title, String url, int year) {

    /// As `FCN: Fully Convolutional Networks for Semantic Segmentation (2014)`.
    @Override
    public String toString() {
        return name + ": " + title + " (" + year + ")";
    }
}
