using System;
using LlmMemory.Benchmarks.FirstUse;
using LlmMemory.Models.Reading;

namespace LlmMemory.Benchmarks.Gguf;

/// <summary>
/// How long the header of a GGUF file takes: against reading its bytes and doing nothing with them, in a process that has
/// done so often and in one that does so first; and against the npm package @huggingface/gguf.
/// </summary>
internal static class GgufHeaderReport
{
    // The runtime compiles a hot loop several times in the background before it has its last form.
    private const int WarmUps = 3000;

    private const int Pairs = 200;

    private const int FreshPairs = 25;

    private const int PackagePairs = 25;

    private const double GoalRatio = 4;

    private const double GoalPackageRatio = 5;

    public static void Run()
    {
        using var file = new GgufHeaderFile();
        Console.WriteLine($"{file.HeaderBytes:N0} bytes of header");
        Console.WriteLine($"{"process",-12}{"against",-22}{"ms",10}{"its ms",10}{"ratio",8}");
        var warm = Warm(file);
        CompareFresh(file);
        CompareWithPackage(file);
        Goal.Report($"parsing in less than {GoalRatio:F0} times reading ({warm.MedianRatio:F2})", warm.MedianRatio < GoalRatio);
    }

    private static PairedRuns Warm(GgufHeaderFile file)
    {
        var plain = new PlainReading();
        var runs = PairedRuns.Take(
            WarmUps, Pairs, () => Parse(file), () => Timed.Milliseconds(() => plain.Read(file.Path, file.HeaderBytes)));
        Print("warm", "reading", runs);
        return runs;
    }

    private static void CompareFresh(GgufHeaderFile file)
    {
        var runs = PairedRuns.Take(
            2,
            FreshPairs,
            () => FirstUseSample.Take(FirstUseAction.ParseGguf, file.Path).Milliseconds,
            () => FirstUseSample.Take(FirstUseAction.ReadPlainly, file.Path, file.HeaderBytes).Milliseconds);
        Print("fresh", "reading", runs);
    }

    private static void CompareWithPackage(GgufHeaderFile file)
    {
        using var package = HuggingFacePackage.TryStart();
        if (package is null)
        {
            Console.WriteLine("No node and npm here: not compared with @huggingface/gguf.");
            return;
        }

        var runs = PairedRuns.Take(PackagePairs, PackagePairs, () => Parse(file), () => package.Parse(file.Path));
        var faster = 1 / runs.MedianRatio;
        Print("warm", "@huggingface/gguf", runs);
        Goal.Report($"at least {GoalPackageRatio:F0} times faster than {HuggingFacePackage.Package} ({faster:F0})", faster >= GoalPackageRatio);
    }

    private static double Parse(GgufHeaderFile file)
    {
        return Timed.Milliseconds(() => ModelReader.FromGguf(file.Path));
    }

    private static void Print(string process, string against, PairedRuns runs)
    {
        Console.WriteLine($"{process,-12}{against,-22}{runs.MedianSubject,10:F3}{runs.MedianBaseline,10:F3}{runs.MedianRatio,8:F3}");
    }
}
