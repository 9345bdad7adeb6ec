using System;
using System.Diagnostics;
using System.Globalization;

namespace LlmMemory.Benchmarks.Import;

/// <summary>
/// One import, in a process of its own: an assembly is loaded, and its code compiled, only once in a process.
/// </summary>
internal static class ImportSample
{
    /// <summary>The command-line argument that makes this program take one sample.</summary>
    public const string Argument = "import";

    /// <summary>Times the import of a module and prints the milliseconds; opening the runspace is not counted.</summary>
    public static void Print(string manifest)
    {
        using var session = new PowerShellSession();
        var start = Stopwatch.GetTimestamp();
        session.Import(manifest);
        var elapsed = Stopwatch.GetElapsedTime(start);
        Console.WriteLine(elapsed.TotalMilliseconds.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>Starts this program again for one sample.</summary>
    public static double Take(string manifest)
    {
        return double.Parse(ChildProcess.Run(Argument, manifest), CultureInfo.InvariantCulture);
    }
}
