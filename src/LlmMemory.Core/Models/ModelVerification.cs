namespace LlmMemory.Models;

/// <summary>The values of <see cref="LlmModel.Verification"/>.</summary>
public static class ModelVerification
{
    /// <summary>Read from the model's own files: nothing had to be looked up.</summary>
    public const string Read = nameof(Read);

    /// <summary>Catalogue: the count equals the published total to the last digit.</summary>
    public const string Verified = nameof(Verified);

    /// <summary>Catalogue: dimensions from a source, but no published total that the count equals.</summary>
    public const string Unverified = nameof(Unverified);

    /// <summary>Built by the rules of a family that the user named, not of its own.</summary>
    public const string Overridden = nameof(Overridden);
}
