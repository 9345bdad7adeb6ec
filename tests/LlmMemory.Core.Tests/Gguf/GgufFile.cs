using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;

namespace LlmMemory.Core.Tests.Gguf;

/// <summary>Writes a model's inventory as a GGUF file whose data is a hole.</summary>
internal static class GgufFile
{
    private static readonly Dictionary<string, uint> Numbers = new() { ["F32"] = 0, ["F16"] = 1 };

    public static HoleStream Of(LlmModel model)
    {
        var builder = new GgufBuilder().Add("general.architecture", "llama");
        foreach (var tensor in model.Tensors)
        {
            builder.Tensor(tensor.Name, Numbers[tensor.DataType], tensor.Bytes, [.. tensor.Shape.Reverse()]);
        }

        return builder.File();
    }
}
