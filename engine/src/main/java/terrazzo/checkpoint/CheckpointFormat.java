package terrazzo.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;

/// The file formats that weights come in, told by content, not by name.
public enum CheckpointFormat {
    TORCH_ZIP("PyTorch zip"),
    TORCH_LEGACY("PyTorch before 1.6"),
    PICKLE("bare pickle"),
    SAFETENSORS("safetensors"),
    NUMPY("NumPy");

    private final String label;

    CheckpointFormat(String label) {
        this.label = label;
    }

    /// The format in words.
    public String label() {
        return label;
    }

    /// @throws CheckpointException when the file is something else; the message says what it looks like
    static CheckpointFormat detect(String where, MemorySegment file) {
        String head = new String(
                file.asSlice(0, Math.min(512, file.byteSize())).toArray(ValueLayout.JAVA_BYTE),
                StandardCharsets.ISO_8859_1);
        if (head.startsWith("PK\u0003\u0004") || head.startsWith("PK\u0005\u0006")) {
            return NumpyFile.isArchive(where, file) ? NUMPY : TORCH_ZIP;
        }
        if (head.startsWith(NumpyFile.MAGIC)) {
            return NUMPY;
        }
        if (TorchLegacy.hasMagic(file)) {
            return TORCH_LEGACY;
        }
        boolean isOldPickle =
                head.startsWith("(dp") || head.startsWith("}q") || head.startsWith("ccollections\nOrdered");
        if (isOldPickle || (head.length() > 2 && head.charAt(0) == 0x80 && head.charAt(1) <= 5)) {
            return PICKLE;
        }
        if (head.length() > 9 && head.charAt(8) == '{') {
            return SAFETENSORS;
        }
        throw new CheckpointException(Complaint.at(where)
                .expected("a checkpoint (.pth or .safetensors)")
                .got(describe(head))
                .advice(advice(head)));
    }

    private static String describe(String head) {
        if (head.isEmpty()) {
            return "an empty file";
        }
        if (head.startsWith("version https://git-lfs")) {
            return "a Git LFS pointer";
        }
        if (head.stripLeading().startsWith("<")) {
            return "a web page";
        }
        if (head.startsWith("ustar", 257)) {
            return "a tar archive, the format of PyTorch before 0.1.12";
        }
        if (head.startsWith("\u001f\u008b")) {
            return "a gzip archive";
        }
        if (head.startsWith("\u0089HDF")) {
            return "an HDF5 file";
        }
        return "something else";
    }

    private static String advice(String head) {
        if (head.startsWith("version https://git-lfs")) {
            return "run git lfs pull to get the file itself";
        }
        if (head.startsWith("ustar", 257)) {
            return "if it is a checkpoint, load and save it again with PyTorch; else unpack it";
        }
        if (head.startsWith("\u001f\u008b")) {
            return "unpack it first";
        }
        return "download the file again and check the address";
    }
}
