using System.Management.Automation;
using Xunit;

namespace LlmMemory.Tests.Hosting;

internal static class PSObjectExtensions
{
    /// <summary>A property's value; a missing property fails the test.</summary>
    public static object? Get(this PSObject item, string property)
    {
        var found = item.Properties[property];
        Assert.True(found is not null, $"no property {property}");
        return found.Value;
    }
}
