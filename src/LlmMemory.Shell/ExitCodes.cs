namespace LlmMemory.Shell;

/// <summary>What the process says when it ends; scripts and schedulers read it.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A statement failed, or the module could not be loaded.</summary>
    public const int StatementFailed = 1;

    /// <summary>The shell's own options could not be read.</summary>
    public const int BadUsage = 2;

    /// <summary>Ctrl+C: 128 and the signal's number, as Unix shells have it.</summary>
    public const int Interrupted = 130;
}
