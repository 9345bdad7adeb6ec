using System.IO;
using Xunit;

namespace LlmMemory.Core.Tests;

/// <summary>As <see cref="SharedDataFactAttribute"/>, for a test with cases.</summary>
[System.AttributeUsage(System.AttributeTargets.Method)]
internal sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute(params string[] path)
    {
        var place = ReferenceData.Shared(path);
        if (!Directory.Exists(place) && !File.Exists(place))
        {
            Skip = $"No {string.Join("/", path)} in shared/data beside the repository.";
        }
    }
}
