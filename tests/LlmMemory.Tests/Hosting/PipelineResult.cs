using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace LlmMemory.Tests.Hosting;

/// <summary>What a script wrote, stream by stream.</summary>
public sealed record PipelineResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<string> Debug,
    IReadOnlyList<ProgressRecord> Progress)
{
    /// <summary>The output, after asserting that nothing went wrong.</summary>
    public IReadOnlyList<PSObject> Clean()
    {
        Assert.Empty(Errors);
        return Output;
    }

    /// <summary>The only object, after asserting that nothing went wrong.</summary>
    public PSObject Single()
    {
        return Assert.Single(Clean());
    }

    /// <summary>One property of each object.</summary>
    public IReadOnlyList<object?> Values(string property)
    {
        return [.. Output.Select(item => item.Properties[property].Value)];
    }
}
