package terrazzo.data.tiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import terrazzo.core.Size;
import terrazzo.core.error.Complaint;
import terrazzo.core.error.MediaException;

/// A scratch file that holds the tiles of all levels uncompressed, so that each is one read. The system
/// removes it with the process at the latest. Tiles that were never written read as zeros. Safe to use from
/// many threads.
final class TileFile implements AutoCloseable {

    /// What is left to others on the disk.
    private static final long SPARE_BYTES = 256L << 20;

    private final FileChannel channel;
    private final int tileBytes;
    private final int[] tilesX;
    private final long[] firstTile;

    private TileFile(FileChannel channel, Size size, int tileBytes) {
        this.channel = channel;
        this.tileBytes = tileBytes;
        int levels = Levels.of(size);
        this.tilesX = new int[levels];
        this.firstTile = new long[levels + 1];
        for (int k = 0; k < levels; k++) {
            Size at = Levels.at(size, k);
            tilesX[k] = Levels.tiles(at.width());
            firstTile[k + 1] = firstTile[k] + (long) tilesX[k] * Levels.tiles(at.height());
        }
    }

    /// @param folder made when it is not there
    /// @param bytesPerPixel of a tile
    /// @throws MediaException when the disk has not enough room, or no file can be made there
    static TileFile create(Path folder, Size size, int bytesPerPixel) {
        long needed = bytes(size, bytesPerPixel);
        try {
            Files.createDirectories(folder);
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < needed + SPARE_BYTES) {
                throw new MediaException(Complaint.at(folder.toString())
                        .expected(megabytes(needed + SPARE_BYTES) + " free for the tiles of an image of " + size.width()
                                + "x" + size.height())
                        .got(megabytes(free))
                        .advice("make room there, or name another folder with TERRAZZO_HOME"));
            }
            Path file = Files.createTempFile(folder, "tiles", ".tmp");
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            return new TileFile(channel, size, bytesPerPixel * Levels.TILE_AREA);
        } catch (IOException e) {
            throw new MediaException(
                    Complaint.at(folder.toString())
                            .expected("a folder for the tiles of large images")
                            .got(String.valueOf(e.getMessage())),
                    e);
        }
    }

    private static long bytes(Size size, int bytesPerPixel) {
        long tiles = 0;
        for (int k = 0; k < Levels.of(size); k++) {
            Size at = Levels.at(size, k);
            tiles += (long) Levels.tiles(at.width()) * Levels.tiles(at.height());
        }
        return tiles * bytesPerPixel * Levels.TILE_AREA;
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + " MB";
    }

    int levels() {
        return tilesX.length;
    }

    /// Reads a tile into an array of a tile's bytes.
    ///
    /// @throws CancellationException when the file was closed
    void read(int level, int tileX, int tileY, byte[] into) {
        ByteBuffer buffer = ByteBuffer.wrap(into);
        long at = position(level, tileX, tileY);
        try {
            while (buffer.hasRemaining()) {
                int n = channel.read(buffer, at + buffer.position());
                if (n < 0) { // beyond what was written so far
                    Arrays.fill(into, buffer.position(), into.length, (byte) 0);
                    return;
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// @throws CancellationException when the file was closed
    void write(int level, int tileX, int tileY, byte[] tile) {
        ByteBuffer buffer = ByteBuffer.wrap(tile);
        long at = position(level, tileX, tileY);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer, at + buffer.position());
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static RuntimeException failed(IOException e) {
        if (e instanceof ClosedChannelException) {
            CancellationException gone = new CancellationException("the image was closed");
            gone.initCause(e);
            return gone;
        }
        return new UncheckedIOException("the tiles of a large image can't be kept", e);
    }

    private long position(int level, int tileX, int tileY) {
        if (tileX < 0 || tileX >= tilesX[level] || tileY < 0) {
            throw new IndexOutOfBoundsException("no tile " + tileX + ", " + tileY + " at level " + level);
        }
        return (firstTile[level] + (long) tileY * tilesX[level] + tileX) * tileBytes;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the tiles of a large image can't be let go", e);
        }
    }
}
