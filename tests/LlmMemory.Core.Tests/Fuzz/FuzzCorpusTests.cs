using System.IO;
using System.Linq;
using LlmMemory.Fuzz.Checks;
using Xunit;

namespace LlmMemory.Core.Tests.Fuzz;

/// <summary>What fuzzing found worth keeping holds for good: the checks are those of tests/LlmMemory.Fuzz.</summary>
public sealed class FuzzCorpusTests
{
    public static TheoryData<string> Targets => [.. FuzzTarget.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_input_is_read_to_figures_that_add_up_or_refused_as_documented(string name)
    {
        var target = FuzzTarget.All.Single(known => known.Name == name);
        var failures = Directory.GetFiles(Path.Combine(ReferenceData.Root, "tests", "LlmMemory.Fuzz", "Corpus", name))
            .Select(path => (Path: path, Failure: Record.Exception(() => target.Check(File.ReadAllBytes(path)))))
            .ToList();

        Assert.True(failures.Count >= 15, $"The corpus of {name} has {failures.Count} files.");
        Assert.Empty(failures.Where(input => input.Failure is not null).Select(input => $"{Path.GetFileName(input.Path)}: {input.Failure}"));
    }
}
