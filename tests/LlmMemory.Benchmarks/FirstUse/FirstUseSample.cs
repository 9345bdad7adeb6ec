using System;
using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using LlmMemory.DataTypes;

namespace LlmMemory.Benchmarks.FirstUse;

/// <summary>
/// One action in a process of its own: assemblies are loaded, code is compiled and tables are filled only once in a
/// process.
/// </summary>
/// <param name="Milliseconds">What the action took.</param>
/// <param name="CompilerMilliseconds">How much of that the runtime's compiler took.</param>
internal readonly record struct FirstUseSample(double Milliseconds, double CompilerMilliseconds)
{
    /// <summary>The command-line argument that makes this program take one sample.</summary>
    public const string Argument = "first-use";

    /// <summary>What the action took apart from being compiled.</summary>
    public double WorkMilliseconds => Milliseconds - CompilerMilliseconds;

    /// <summary>Times an action in this process and prints the sample.</summary>
    public static void Print(string name, string path, long bytes)
    {
        var action = FirstUseAction.Find(name, path, bytes);

        // The clocks themselves are compiled at first use too, and in a session the engine is loaded by the import.
        _ = Measure(() => DataTypeCatalogue.All.Find("BF16"));
        var sample = Measure(action);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sample.Milliseconds:R} {sample.CompilerMilliseconds:R}"));
    }

    /// <summary>Starts this program again for one sample.</summary>
    public static FirstUseSample Take(string name, string path = "", long bytes = 0)
    {
        var output = ChildProcess.Run(Argument, name, path, bytes.ToString(CultureInfo.InvariantCulture)).Split(' ');
        return new FirstUseSample(
            double.Parse(output[0], CultureInfo.InvariantCulture), double.Parse(output[1], CultureInfo.InvariantCulture));
    }

    private static FirstUseSample Measure(Action action)
    {
        var compiled = JitInfo.GetCompilationTime(currentThread: true);
        var start = Stopwatch.GetTimestamp();
        action();
        var elapsed = Stopwatch.GetElapsedTime(start);
        return new FirstUseSample(
            elapsed.TotalMilliseconds, (JitInfo.GetCompilationTime(currentThread: true) - compiled).TotalMilliseconds);
    }
}
