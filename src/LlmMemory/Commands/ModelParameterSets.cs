namespace LlmMemory.Commands;

/// <summary>The parameter sets of commands that take a model: the ways to say which one.</summary>
internal static class ModelParameterSets
{
    /// <summary>By a count of parameters, no model known.</summary>
    public const string Parameters = nameof(Parameters);

    /// <summary>A model that was read before, or a name of the built-in catalogue.</summary>
    public const string Model = nameof(Model);

    /// <summary>A name of the built-in catalogue, wildcards allowed.</summary>
    public const string Name = nameof(Name);

    /// <summary>The path of a file or folder, wildcards allowed.</summary>
    public const string Path = nameof(Path);

    /// <summary>The path of a file or folder, taken as it is.</summary>
    public const string LiteralPath = nameof(LiteralPath);

    /// <summary>A configuration as JSON text.</summary>
    public const string Json = nameof(Json);

    /// <summary>A model on the hub.</summary>
    public const string ModelId = nameof(ModelId);

    /// <summary>The models that lie on this machine.</summary>
    public const string Local = nameof(Local);

    /// <summary>An estimate that was made before.</summary>
    public const string Estimate = nameof(Estimate);
}
