using System.IO;
using System.Linq;
using System.Reflection;

namespace LlmMemory.Benchmarks;

/// <summary>The manifests of the two modules that are compared, as the build left them.</summary>
internal static class Modules
{
    /// <summary>The staged module, which is the one that ships.</summary>
    public static string Subject { get; } = Path.Combine(Metadata("RepositoryRoot"), "LlmMemory.psd1");

    /// <summary>The module that does nothing.</summary>
    public static string Baseline { get; } =
        Path.Combine(Metadata("BaselineDirectory"), "LlmMemory.Benchmarks.Baseline.psd1");

    private static string Metadata(string key)
    {
        return typeof(Modules).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key)
            .Value!;
    }
}
