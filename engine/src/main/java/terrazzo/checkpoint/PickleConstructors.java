package terrazzo.checkpoint;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import terrazzo.checkpoint.PickleValue.Bytes;
import terrazzo.checkpoint.PickleValue.Dict;
import terrazzo.checkpoint.PickleValue.Flat;
import terrazzo.checkpoint.PickleValue.Global;
import terrazzo.checkpoint.PickleValue.Opaque;
import terrazzo.checkpoint.PickleValue.SetValue;
import terrazzo.checkpoint.PickleValue.Tensor;
import terrazzo.checkpoint.PickleValue.Tuple;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;
import terrazzo.core.shape.DType;

/// The calls that are carried out while a pickle is read, all by code of ours; every other call becomes an [Opaque].
final class PickleConstructors {

    private static final int MAX_DIMENSIONS = 64;
    private static final long MAX_SIZE = 1L << 48; // far above any file; sums and products with it don't overflow

    private final PickleInput in;
    private final PickleBudget budget;
    private final StorageSource storages;
    private final SortedSet<String> inert = new TreeSet<>();
    private final Set<Global> seen = new HashSet<>();

    PickleConstructors(PickleInput in, PickleBudget budget, StorageSource storages) {
        this.in = in;
        this.budget = budget;
        this.storages = storages;
    }

    SortedSet<String> inert() {
        return inert;
    }

    /// The value of `callee(*args)`.
    ///
    /// @param newObject whether the file makes an object of a class rather than calling a function
    PickleValue call(PickleValue callee, PickleValue args, boolean newObject) {
        List<PickleValue> items = args.asItems();
        budget.spend(items.size());
        return Optional.of(callee)
                .filter(Global.class::isInstance)
                .flatMap(global -> carryOut(((Global) global).qualified(), items))
                .orElseGet(() -> opaque(callee, args, newObject));
    }

    /// The storage that a persistent id refers to: `('storage', type, key, location, numel[, view])`.
    PickleValue persistent(PickleValue id) {
        List<PickleValue> parts = id.asItems();
        String kind = parts.isEmpty() ? "" : parts.getFirst().asText().orElse("");
        if (kind.equals("module") && parts.size() > 1) { // a class with its source text, before PyTorch 1.6
            return parts.get(1);
        }
        if (!kind.equals("storage") || parts.size() < 5 || !(parts.get(1) instanceof Global type)) {
            throw in.damaged("a reference to something that is no storage");
        }
        long numel = size(parts.get(4));
        String key = parts.get(2).asText().orElseThrow(() -> in.damaged("a storage without a name"));
        Optional<DType> dtype = TorchTypes.ofStorage(type.qualified());
        if (dtype.isEmpty()) {
            storages.skip(key, Math.multiplyExact(numel, TorchTypes.otherSizeBytes(type.name())));
            return opaque(type, id, false);
        }
        Storage storage = storages.find(key, dtype.get(), numel);
        List<PickleValue> view = parts.size() > 5 ? parts.get(5).asItems() : List.of();
        return view.size() == 3
                ? new Flat(tensor(storage, size(view.get(1)), List.of(size(view.get(2))), List.of(1L)))
                : new Flat(new HostTensor(storage, 0, List.of(numel), List.of(1L)));
    }

    private Optional<PickleValue> carryOut(String name, List<PickleValue> args) {
        return switch (name) {
            case "collections.OrderedDict" -> dict(Dict.ordered(), args);
            case "collections.defaultdict" -> Optional.of(Dict.plain());
            case "builtins.dict" -> dict(Dict.plain(), args);
            case "builtins.set", "builtins.frozenset" -> set(name.endsWith("frozenset"), args);
            case "builtins.bytes", "builtins.bytearray" -> bytes(args);
            case "_codecs.encode" -> encoded(args);
            case "torch.Size" -> args.size() == 1 ? items(args.getFirst()).map(Tuple::new) : Optional.empty();
            case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> tensor(args);
            case "torch._utils._rebuild_tensor_v3" -> retyped(args);
            case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" ->
                args.isEmpty() ? Optional.empty() : Optional.of(args.getFirst());
            case "torch._tensor._rebuild_from_type_v2" ->
                args.size() < 3 ? Optional.empty() : Optional.of(call(args.get(0), args.get(2), false));
            default -> Optional.empty();
        };
    }

    private Opaque opaque(PickleValue callee, PickleValue args, boolean newObject) {
        PickleValue named = callee;
        List<PickleValue> items = args.asItems();
        if (callee instanceof Global g && g.name().equals("_reconstructor") && !items.isEmpty()) {
            named = items.getFirst(); // copyreg's detour for old-style objects
        }
        Opaque value = new Opaque(callee, args, newObject);
        if (!(named instanceof Global global)) {
            inert.add(value.name());
        } else if (seen.add(global) && !GlobalPolicy.isPlainData(global)) {
            inert.add(global.qualified());
        }
        return value;
    }

    private Optional<PickleValue> dict(Dict target, List<PickleValue> args) {
        if (args.isEmpty()) {
            return Optional.of(target);
        }
        if (args.getFirst() instanceof Dict source) {
            budget.spend(source.entries().size());
            source.entries().forEach(target::put);
            return Optional.of(target);
        }
        budget.spend(args.getFirst().asItems().size());
        for (PickleValue pair : args.getFirst().asItems()) {
            if (pair.asItems().size() != 2) {
                throw in.damaged("a dict entry that is no pair");
            }
            target.put(pair.asItems().get(0), pair.asItems().get(1));
        }
        return Optional.of(target);
    }

    private Optional<PickleValue> set(boolean frozen, List<PickleValue> args) {
        return args.isEmpty()
                ? Optional.of(new SetValue(List.of(), frozen))
                : items(args.getFirst()).map(items -> new SetValue(items, frozen));
    }

    private Optional<List<PickleValue>> items(PickleValue value) {
        budget.spend(value.asItems().size());
        return Optional.of(value.asItems());
    }

    private Optional<PickleValue> bytes(List<PickleValue> args) {
        return args.isEmpty()
                ? Optional.of(new Bytes(new byte[0]))
                : args.getFirst() instanceof Bytes b ? Optional.of(b) : encoded(args);
    }

    private Optional<PickleValue> encoded(List<PickleValue> args) {
        boolean isLatin = args.size() == 2
                && args.get(1).asText().filter(PickleConstructors::isLatin1).isPresent();
        if (!isLatin) {
            return Optional.empty();
        }
        return args.getFirst().asText().map(text -> {
            budget.spendText(text.length());
            return new Bytes(PickleText.latin1(text));
        });
    }

    private static boolean isLatin1(String codec) {
        return codec.equals("latin1") || codec.equals("latin-1");
    }

    /// Storage, offset, shape, strides, and what only matters to autograd.
    private Optional<PickleValue> tensor(List<PickleValue> args) {
        if (args.size() < 4 || !(args.getFirst() instanceof Flat(var base))) {
            return Optional.empty(); // a quantized or complex storage, which stays opaque
        }
        long offset = base.offset() + size(args.get(1));
        return Optional.of(new Tensor(tensor(base.storage(), offset, sizes(args.get(2)), sizes(args.get(3)))));
    }

    /// As [#tensor], with an untyped storage and the type as the 7th argument.
    private Optional<PickleValue> retyped(List<PickleValue> args) {
        if (args.size() < 7
                || !(args.getFirst() instanceof Flat(var base))
                || !(args.get(6) instanceof Global type)
                || !base.storage().isBound()) {
            return Optional.empty();
        }
        return TorchTypes.ofDtype(type.qualified()).map(dtype -> {
            MemorySegment bytes = base.storage().bytes();
            Storage storage = Storage.of(dtype, bytes);
            return new Tensor(tensor(storage, size(args.get(1)), sizes(args.get(2)), sizes(args.get(3))));
        });
    }

    private HostTensor tensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {
        if (shape.size() != strides.size() || shape.size() > MAX_DIMENSIONS) {
            throw in.damaged("a tensor with " + shape.size() + " sizes and " + strides.size() + " strides");
        }
        try {
            long numel = HostTensor.numel(shape);
            long last = offset;
            for (int d = 0; d < shape.size() && numel > 0; d++) {
                last = Math.addExact(last, Math.multiplyExact(shape.get(d) - 1, strides.get(d)));
            }
            if (numel > 0 && last >= storage.numel()) {
                throw outside(shape, last, storage);
            }
            if (numel > storage.numel() && numel > budget.limits().overlapNumel()) {
                throw outside(shape, numel, storage);
            }
        } catch (ArithmeticException _) {
            throw outside(shape, Long.MAX_VALUE, storage);
        }
        return new HostTensor(storage, offset, shape, strides);
    }

    private CheckpointException outside(List<Long> shape, long last, Storage storage) {
        return new CheckpointException(Complaint.at(in.where())
                .expected("tensors within their storages")
                .got("a tensor " + shape + " that needs element " + last + " of " + storage.numel())
                .advice("the file is damaged or an attack; copy or download it again"));
    }

    private List<Long> sizes(PickleValue value) {
        List<Long> sizes = new ArrayList<>();
        for (PickleValue item : value.asItems()) {
            sizes.add(size(item));
        }
        return sizes;
    }

    private long size(PickleValue value) {
        return value.asLong()
                .filter(n -> n >= 0 && n <= MAX_SIZE)
                .orElseThrow(() -> in.damaged("a size that is no count"));
    }
}
