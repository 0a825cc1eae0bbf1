/// Architectures: arithmetic on shapes, without files, devices or logs. One file per registered name;
/// {@link terrazzo.models.Parts} holds the registries that configs are built from. Start with
/// {@code segmentors.EncoderDecoder}, then a backbone and a head.
@NullMarked
package terrazzo.models;

import org.jspecify.annotations.NullMarked;
