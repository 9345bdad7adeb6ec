using System.Collections.Generic;
using LlmMemory.Errors;
using LlmMemory.Sources.Catalogue;

namespace LlmMemory.Launching;

/// <summary>Where the model lies that is started: as somebody said, else as well as its name tells.</summary>
internal sealed class LaunchModel
{
    private LaunchModel(string place, IReadOnlyList<string> notes)
    {
        Place = place;
        Notes = notes;
    }

    /// <summary>A path or a name on the hub.</summary>
    public string Place { get; }

    /// <summary>How sure that is, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The place of a checkpoint: a folder, or a name on the hub.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.LaunchNeedsModel"/> or <see cref="ErrorIds.LaunchModelPathInvalid"/>.</exception>
    public static LaunchModel Checkpoint(LaunchRequest request, string target)
    {
        var name = Name(request, target);
        if (request.ModelPath is { } path)
        {
            return new LaunchModel(Checked(path), []);
        }

        var stored = $"The estimate takes weights in {request.DataType}: the model has to be stored so.";
        return ModelCatalogue.All.TryFind(name, out var entry)
            ? new LaunchModel(entry.Id, [$"{entry.Id} is what the catalogue has for {name}.", stored])
            : new LaunchModel(NoOption(Checked(name)), ["The model's place is a placeholder, the estimate's name for it: give -ModelPath.", stored]);
    }

    /// <summary>The place of a GGUF file.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.LaunchNeedsModel"/> or <see cref="ErrorIds.LaunchModelPathInvalid"/>.</exception>
    public static LaunchModel Gguf(LaunchRequest request, string target)
    {
        const string Extension = ".gguf";
        var name = Name(request, target);
        if (request.ModelPath is { } path)
        {
            return new LaunchModel(Checked(path), []);
        }

        var isFile = name.EndsWith(Extension, System.StringComparison.OrdinalIgnoreCase);
        var file = isFile ? name : $"{name}-{request.DataType}{Extension}";
        return new LaunchModel(NoOption(Checked(file)), ["The model's file is a placeholder: give -ModelPath."]);
    }

    private static string Name(LaunchRequest request, string target)
    {
        return request.Model ?? throw new LlmMemoryException(
            ErrorIds.LaunchNeedsModel,
            target,
            $"A parameter count names no model that {target} could start. Estimate one, Get-LlmMemoryEstimate -Model llama-3.1-8b -Engine vLLM, "
            + "or ask for a scheduler, which needs bytes alone: -Target Kubernetes.");
    }

    // No system passes a zero on in an argument, and a word that begins with a dash is an option to every engine.
    private static string Checked(string place)
    {
        if (string.IsNullOrWhiteSpace(place) || place.IndexOf('\0') >= 0)
        {
            throw Invalid(place, "is no place of a model");
        }

        return place;
    }

    private static string NoOption(string name)
    {
        return name.StartsWith("-", System.StringComparison.Ordinal) ? "./" + name : name;
    }

    /// <summary>Refuses a place that somebody typed and that an engine would take for an option.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.LaunchModelPathInvalid"/>.</exception>
    public static void CheckTyped(string place)
    {
        if (Checked(place).StartsWith("-", System.StringComparison.Ordinal))
        {
            throw Invalid(place, "begins with a dash, and engines would take it for an option");
        }
    }

    private static LlmMemoryException Invalid(string place, string problem)
    {
        return new LlmMemoryException(
            ErrorIds.LaunchModelPathInvalid, place, $"{Quoted.Value(place)} {problem}. Write -ModelPath /models/llama-3.1-8b or -ModelPath meta-llama/Llama-3.1-8B.");
    }
}
