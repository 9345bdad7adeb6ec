using Xunit;

namespace LlmMemory.Core.Tests.Hardware;

/// <summary>
/// Tests that write programs and run them, one after the other: a program that is still open for writing in a process
/// that another test has just forked cannot be run.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FakeToolTests
{
    public const string Name = "Fake tools";
}
