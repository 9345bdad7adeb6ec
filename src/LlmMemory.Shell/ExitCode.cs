namespace LlmMemory.Shell;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    public const int Failure = 1;

    public const int BadOptions = 2;

    /// <summary>128 + SIGINT, as Unix shells report a command that Ctrl+C ended.</summary>
    public const int Interrupted = 130;
}
