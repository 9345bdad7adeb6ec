namespace LlmMemory.Benchmarks.Cmdlet;

/// <summary>One kind of pipeline record, and the cmdlets of the baseline that take it without a conversion.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Records">The records of one run.</param>
/// <param name="Empty">The empty cmdlet with the same parameters.</param>
/// <param name="Bare">The empty cmdlet with one parameter only.</param>
internal sealed record CmdletCase(string Name, object[] Records, string Empty, string Bare);
