package terrazzo.checkpoint;

import java.util.Set;
import java.util.regex.Pattern;
import terrazzo.checkpoint.PickleValue.Global;
import terrazzo.core.error.CheckpointException;
import terrazzo.core.error.Complaint;

/// Which names a file may mention. No call is ever carried out, so this protects others: whoever opens such a file in
/// Python is attacked by it, and a checkpoint that names these functions was not made by training.
final class GlobalPolicy {

    private static final Set<String> REFUSED_MODULES = Set.of("""
        os posix nt subprocess sys shutil socket runpy importlib imp pty ctypes webbrowser code codeop pdb
        bdb timeit cProfile profile trace commands popen2 asyncio multiprocessing signal platform pip
        ensurepip venv urllib urllib2 http httplib requests ftplib smtplib telnetlib xmlrpc antigravity
        doctest marshal pickle _pickle cPickle dill cloudpickle joblib io _io zipimport pkgutil tempfile
        fileinput gc resource _posixsubprocess _winapi msvcrt pydoc\
        """.split("\\s+"));
    private static final Set<String> REFUSED_BUILTINS = Set.of("""
        eval exec execfile compile __import__ open input raw_input breakpoint file reload globals locals
        delattr setattr memoryview exit quit\
        """.split("\\s+"));
    private static final Set<String> REFUSED_NAMES = Set.of("""
        torch.hub.load torch.hub.load_state_dict_from_url torch.load torch.serialization.load torch.jit.load
        torch.utils.cpp_extension.load torch.utils.cpp_extension.load_inline numpy.load numpy.fromfile
        numpy.memmap numpy.testing._private.utils.runstring types.FunctionType types.CodeType
        operator.methodcaller operator.attrgetter _operator.methodcaller _operator.attrgetter\
        """.split("\\s+"));
    private static final Pattern DATA =
            Pattern.compile("numpy(\\..*)?|collections|datetime|_codecs|torch|torch\\._utils"
                    + "|torch\\.storage|builtins|__builtin__|uuid|decimal|fractions|pathlib");

    private GlobalPolicy() {}

    /// @throws CheckpointException when the name can run programs, load code, or touch files and network
    static void check(String where, Global global) {
        String top = global.module().split("\\.", 2)[0];
        boolean builtin = top.equals("builtins") || top.equals("__builtin__");
        String first = global.name().split("\\.", 2)[0];
        if (REFUSED_MODULES.contains(top)
                || (builtin && REFUSED_BUILTINS.contains(first))
                || REFUSED_NAMES.contains(global.qualified())) {
            throw new CheckpointException(Complaint.at(where)
                    .got("refused to load: the file calls '" + global.module() + "." + global.name()
                            + "', which no checkpoint needs and an attack does")
                    .advice("nothing was executed; don't open it in Python either, get the weights from"
                            + " another source"));
        }
    }

    /// Whether objects made by `global` are plain data that needs no mention when they stay uninterpreted. `getattr` is
    /// not data, it is mentioned.
    static boolean isPlainData(Global global) {
        return DATA.matcher(global.module()).matches() && !global.name().equals("getattr");
    }
}
