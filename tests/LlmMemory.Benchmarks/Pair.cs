namespace LlmMemory.Benchmarks;

/// <summary>One measurement of each side, taken right after each other so that both met the same machine.</summary>
/// <param name="Subject">What is measured.</param>
/// <param name="Baseline">What it is compared with, in the same unit.</param>
internal readonly record struct Pair(double Subject, double Baseline)
{
    public double Ratio => Subject / Baseline;

    public double Difference => Subject - Baseline;
}
