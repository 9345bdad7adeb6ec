using System;
using LlmMemory.Errors;
using LlmMemory.Sources.Gguf;

namespace LlmMemory.Models.Reading;

/// <summary>Makes a model of what a GGUF file says: a whole model, a LoRA adapter, or the towers of an mmproj file.</summary>
internal static class GgufModelReader
{
    private const string ArchitectureKey = "general.architecture";

    /// <summary>The model.</summary>
    /// <param name="file">The metadata and the tensors, of all parts.</param>
    /// <param name="fileName">What the model is called where the file does not say.</param>
    /// <param name="location">Where it lies, null for a stream.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.GgufMetadataInvalid"/>, or <see cref="ErrorIds.ModelTooLarge"/>.
    /// </exception>
    public static LlmModel Read(GgufParts file, string fileName, string? location = null)
    {
        try
        {
            return Build(file, fileName, location);
        }
        catch (OverflowException overflow)
        {
            throw new LlmMemoryException(
                ErrorIds.ModelTooLarge,
                fileName,
                $"The model that {Quoted.Value(fileName)} describes does not fit 64 bits: a dimension in it must be wrong.",
                overflow);
        }
    }

    private static LlmModel Build(GgufParts file, string fileName, string? location)
    {
        var metadata = file.Metadata;
        var architecture = metadata.Text(ArchitectureKey) is { Length: > 0 } text ? text : throw metadata.Missing(ArchitectureKey);
        var hyperparameters = new GgufHyperparameters(metadata, architecture);
        var kind = KindOf(metadata, architecture);
        var tensors = GgufTensorList.Read(file.Tensors, hyperparameters, kind);
        var built = kind == ModelKind.Model ? new GgufArchitectureReader(hyperparameters, tensors).Read() : null;
        return new LlmModel(Name(metadata, fileName), ModelSource.Gguf, tensors, built)
        {
            Location = location,
            ModelType = architecture,
            Kind = kind,
            DataType = tensors.MostUsedDataType ?? string.Empty,
            Quantization = GgufFileTypes.Find(metadata.Count("general.file_type")),
            ContextLength = hyperparameters.ContextLength,
        };
    }

    private static string KindOf(GgufMetadata metadata, string architecture)
    {
        return metadata.Text("general.type") switch
        {
            "adapter" => ModelKind.Adapter,
            "mmproj" => ModelKind.Projector,

            // Files from before there were types.
            _ when architecture == "clip" => ModelKind.Projector,
            _ when metadata.Has("adapter.type") => ModelKind.Adapter,
            _ => ModelKind.Model,
        };
    }

    private static string Name(GgufMetadata metadata, string fileName)
    {
        return metadata.Text("general.name") is { } name && name.Trim().Length > 0 ? name.Trim() : fileName;
    }
}
