package terrazzo.checkpoint;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.core.shape.DType;

/// NumPy's own [file format](https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): one array
/// (`.npy`), or a zip file of several by name (`.npz`), as JAX models are published. Arrays of Python objects, which
/// would be pickles, are refused.
final class NumpyFile {

    /// What every array begins with.
    static final String MAGIC = "\u0093NUMPY";

    private static final int MIN_SIZE = 12;
    private static final int MAX_HEADER = 1 << 16;
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>|=])(\\w+)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\s]*)\\)");

    private NumpyFile() {}

    /// Whether a zip file holds arrays of NumPy and nothing of PyTorch.
    static boolean isArchive(String where, MemorySegment file) {
        boolean arrays = false;
        for (String name : new ZipIndex(where, file).names()) {
            if (!name.endsWith(".npy")) {
                return false;
            }
            arrays = true;
        }
        return arrays;
    }

    /// The arrays of a file by name; the only one of a `.npy` has the name `array`.
    static Unpickled read(String where, MemorySegment file) {
        PickleValue.Dict arrays = PickleValue.Dict.plain();
        if (hasMagic(file)) {
            arrays.put("array", PickleValue.of(array(where, file)));
        } else {
            ZipIndex zip = new ZipIndex(where, file);
            for (String entry : zip.names()) {
                String name = entry.substring(0, entry.length() - ".npy".length());
                arrays.put(name, PickleValue.of(array(where + ": " + name, zip.content(entry))));
            }
        }
        return new Unpickled(arrays, new TreeSet<>());
    }

    private static boolean hasMagic(MemorySegment file) {
        return file.byteSize() >= MAGIC.length()
                && new PickleInput("", file, 0).latin1(MAGIC.length()).equals(MAGIC);
    }

    /// Magic, version, length of the header, header (a Python dict as text), bytes.
    private static HostTensor array(String where, MemorySegment file) {
        if (!hasMagic(file) || file.byteSize() < MIN_SIZE) {
            throw damaged(where, "something else");
        }
        PickleInput in = new PickleInput(where, file, MAGIC.length());
        int version = in.u8();
        in.u8(); // the minor version
        long length = version == 1 ? in.u16() : in.u32();
        if (length > MAX_HEADER || length > file.byteSize() - in.position()) {
            throw damaged(where, "a header of " + length + " bytes in a file of " + file.byteSize());
        }
        String header = in.latin1(length);
        DType type = type(where, header);
        List<Long> shape = shape(where, header);
        MemorySegment data = file.asSlice(in.position());
        long size = sizeBytes(where, shape, type);
        if (data.byteSize() < size) {
            throw damaged(where, data.byteSize() + " bytes for shape " + shape);
        }
        boolean columns = find(where, header, ORDER).group(1).equals("True");
        List<Long> strides = columns ? HostTensor.rowMajor(shape.reversed()).reversed() : HostTensor.rowMajor(shape);
        return new HostTensor(Storage.of(type, data.asSlice(0, size)), 0, shape, strides);
    }

    private static DType type(String where, String header) {
        Matcher found = find(where, header, DESCR);
        return NumpyValues.type(found.group(2))
                .filter(_ -> !found.group(1).equals(">"))
                .orElseThrow(() -> new CheckpointException(Complaint.at(where)
                        .expected("little-endian numbers")
                        .got("elements of type '" + found.group(1) + found.group(2) + "'")
                        .advice("save it as float32 with NumPy")));
    }

    private static List<Long> shape(String where, String header) {
        List<Long> shape = new ArrayList<>();
        for (String size : find(where, header, SHAPE).group(1).split(",", -1)) {
            if (!size.isBlank()) {
                shape.add(size.strip().length() > 15 ? Long.MAX_VALUE : Long.parseLong(size.strip()));
            }
        }
        return shape;
    }

    private static long sizeBytes(String where, List<Long> shape, DType type) {
        try {
            return Math.multiplyExact(HostTensor.numel(shape), type.sizeBytes());
        } catch (ArithmeticException _) {
            throw damaged(where, "an array of shape " + shape);
        }
    }

    private static Matcher find(String where, String header, Pattern pattern) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw damaged(where, "the header " + header.strip());
        }
        return matcher;
    }

    private static CheckpointException damaged(String where, String got) {
        return new CheckpointException(Complaint.at(where)
                .expected("an array of NumPy")
                .got(got)
                .advice("the file is damaged or incomplete; copy or download it again"));
    }
}
