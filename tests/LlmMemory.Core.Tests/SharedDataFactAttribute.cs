using System.IO;
using Xunit;

namespace LlmMemory.Core.Tests;

/// <summary>A test that needs files of other owners beside the repository; skipped, and said to be, where they are absent.</summary>
[System.AttributeUsage(System.AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(params string[] path)
    {
        var place = ReferenceData.Shared(path);
        if (!Directory.Exists(place) && !File.Exists(place))
        {
            Skip = $"No {string.Join("/", path)} in shared/data beside the repository.";
        }
    }
}
