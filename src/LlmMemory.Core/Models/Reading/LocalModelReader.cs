using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Naming;
using LlmMemory.Quantities;
using LlmMemory.Sources.Local;

namespace LlmMemory.Models.Reading;

/// <summary>Reads a model of a store on this machine, and calls it as the store does.</summary>
internal static class LocalModelReader
{
    /// <summary>The model, at the commit that the store has of it.</summary>
    /// <param name="local">The store's model.</param>
    /// <param name="options">What the user says about it.</param>
    public static LlmModel Read(LocalModel local, ModelReadingOptions options)
    {
        try
        {
            var model = ModelPathReader.Read(local.Path, options);
            return model.FromStore(local, new DetailList<string>([.. model.Assumptions, .. NotCounted(local)]));
        }
        catch (LlmMemoryException error)
        {
            // A file of a store may be called by a digest: only the store knows whose file it is.
            throw new LlmMemoryException(
                error.ErrorId, error.Value, $"{local.Name} in {local.Store} cannot be read. {error.Message}", error)
            {
                Offset = error.Offset,
            };
        }
    }

    private static IEnumerable<string> NotCounted(LocalModel local)
    {
        var hasWeights = local.Files.Any(file => file.Kind == LocalFileKind.Weights);
        return hasWeights ? local.Files.Select(NotCounted).OfType<string>() : [];
    }

    private static string? NotCounted(LocalModelFile file)
    {
        var what = file.Kind switch
        {
            LocalFileKind.Projector => "The encoder",
            LocalFileKind.Adapter => "The adapter",
            _ => null,
        };
        return what is null ? null : $"{what} beside the weights is not counted: {file.Path}, {ByteSize.FormatGB(file.Bytes ?? 0)}.";
    }
}
