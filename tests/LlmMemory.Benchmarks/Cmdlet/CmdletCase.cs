namespace LlmMemory.Benchmarks.Cmdlet;

/// <summary>One kind of pipeline record, and the empty cmdlet that takes it without a conversion.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Records">The records of one run.</param>
/// <param name="Baseline">The empty cmdlet.</param>
internal sealed record CmdletCase(string Name, object[] Records, string Baseline);
