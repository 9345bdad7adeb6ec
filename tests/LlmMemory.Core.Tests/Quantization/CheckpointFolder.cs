using System;
using System.Globalization;
using System.IO;
using LlmMemory.Core.Tests.Safetensors;
using LlmMemory.Models;
using LlmMemory.Models.Reading;

namespace LlmMemory.Core.Tests.Quantization;

/// <summary>Writes a model's inventory as a checkpoint whose data is a hole, and reads it back.</summary>
internal static class CheckpointFolder
{
    public static LlmModel ReadBack(LlmModel model, string config)
    {
        using var folder = new TemporaryFolder();
        var builder = new SafetensorsBuilder();
        foreach (var tensor in model.Tensors)
        {
            Add(builder, tensor);
        }

        builder.Save(Path.Combine(folder.Path, "model.safetensors"));
        File.WriteAllText(Path.Combine(folder.Path, "config.json"), config);
        return ModelReader.FromPath(folder.Path);
    }

    private static void Add(SafetensorsBuilder builder, ModelTensor tensor)
    {
        for (var number = 0; number < tensor.Count; number++)
        {
            var name = tensor.Name.Replace("*", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            builder.Add(name, tensor.DataType, [.. tensor.Shape]);
        }
    }
}
