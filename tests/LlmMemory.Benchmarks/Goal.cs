using System;

namespace LlmMemory.Benchmarks;

/// <summary>Says whether a figure is where the project wants it.</summary>
internal static class Goal
{
    public static void Report(string goal, bool met)
    {
        Console.WriteLine();
        Console.WriteLine($"Goal: {goal}: {(met ? "met" : "NOT MET")}.");
    }
}
