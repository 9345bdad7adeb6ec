using System;
using LlmMemory.Models;

namespace LlmMemory.Quantization;

/// <summary>The module that a weight belongs to.</summary>
internal static class ModulePath
{
    private const string Weight = ".weight";

    /// <summary>The tensor's name without <c>.weight</c>. Experts that are alike are looked up by the first of them.</summary>
    /// <param name="tensor">The weight.</param>
    public static string Of(ModelTensor tensor)
    {
        var name = tensor.Name.Replace(".*.", ".0.");
        return name.EndsWith(Weight, StringComparison.Ordinal) ? name.Substring(0, name.Length - Weight.Length) : name;
    }
}
