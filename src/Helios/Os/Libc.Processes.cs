using System.Runtime.InteropServices;
using Helios.Os.Files;

namespace Helios.Os;

/// <summary>Pipes and child processes, with the numbers of Linux. Callers check <c>OperatingSystem.IsLinux()</c> first.</summary>
internal static partial class Libc
{
    internal const int NoSuchFile = 2; // ENOENT
    internal const int NonBlocking = 0x800; // O_NONBLOCK
    internal const int SetFlags = 4; // F_SETFL
    internal const int DuplicateAbove = 1030; // F_DUPFD_CLOEXEC
    internal const int SetPipeSize = 1031; // F_SETPIPE_SZ
    internal const int GetPipeSize = 1032; // F_GETPIPE_SZ
    internal const int LocalSocket = 1; // AF_UNIX
    internal const int StreamSocket = 1 | 0x80000; // SOCK_STREAM | SOCK_CLOEXEC
    internal const int NoHang = 1; // WNOHANG
    internal const int OneProcess = 1; // P_PID
    internal const int LookOnly = 1 | 4 | 0x1000000; // WNOHANG | WEXITED | WNOWAIT
    internal const int EndedItself = 1; // CLD_EXITED
    internal const int InterruptSignal = 2; // SIGINT
    internal const int Kill = 9; // SIGKILL
    internal const int BrokenPipeSignal = 13; // SIGPIPE
    internal const int Terminate = 15; // SIGTERM
    internal const int HangUpSignal = 1; // SIGHUP
    internal const int ChildSignal = 17; // SIGCHLD
    internal const nint DefaultSignal = 0; // SIG_DFL
    internal const nint IgnoreSignal = 1; // SIG_IGN

    internal const int SetParentDeathSignal = 1; // PR_SET_PDEATHSIG
    internal const int SetName = 15; // PR_SET_NAME

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    internal static unsafe partial int Pipe(int* descriptors, int flags);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    internal static unsafe partial int SocketPair(int domain, int type, int protocol, int* descriptors);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int CloseDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    internal static unsafe partial int WaitFor(int process, int* status, int options);

    /// <summary>Fills <c>siginfo_t</c>, which is the same on every 64-bit Linux.</summary>
    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    internal static unsafe partial int LookAt(int kind, int process, int* information, int options);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int SendSignal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "signal")]
    internal static partial nint SetSignalHandler(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int Execute(string path, byte** arguments);

    [LibraryImport("libc", EntryPoint = "getppid")]
    internal static partial int ParentProcess();

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    internal static partial int ControlProcess(int option, nint argument, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int CreateMemoryFile(string name, uint flags);

    /// <summary>Fills <c>struct statvfs</c>, which is the same on every 64-bit Linux.</summary>
    [LibraryImport("libc", EntryPoint = "statvfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int GetFileSystem(string path, ulong* status);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    internal static unsafe partial int GetAffinity(int process, nuint size, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    internal static unsafe partial int SetAffinity(int process, nuint size, ulong* mask);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial byte* RealPath(string path, byte* resolved);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int Spawn(
        int* process, string path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    internal static unsafe partial int InitActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static unsafe partial int DestroyActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static unsafe partial int AddDuplicate(byte* actions, int descriptor, int asDescriptor);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int AddOpen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    internal static unsafe partial int InitAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    internal static unsafe partial int DestroyAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    internal static unsafe partial int SetSpawnFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setpgroup")]
    internal static unsafe partial int SetProcessGroup(byte* attributes, int group);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    internal static unsafe partial int SetDefaultSignals(byte* attributes, byte* set);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    internal static unsafe partial int SetSignalMask(byte* attributes, byte* set);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    internal static unsafe partial int FillSignals(byte* set);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    internal static unsafe partial int EmptySignals(byte* set);
}
