namespace LlmMemory.Commands;

/// <summary>What a user calls a model on the hub: its id, and behind a colon the quantisation of its GGUF files that is meant.</summary>
internal sealed class HubName
{
    private HubName(string id, string? variant)
    {
        Id = id;
        Variant = variant;
    }

    /// <summary>The model's id.</summary>
    public string Id { get; }

    /// <summary>The quantisation, null where none is said.</summary>
    public string? Variant { get; }

    /// <summary>Reads a name.</summary>
    /// <param name="text">The name: <c>owner/name</c> or <c>owner/name:Q4_K_M</c>.</param>
    public static HubName Parse(string text)
    {
        // The colon of an address has slashes behind it; the hub's rules for ids then refuse the whole.
        var colon = text.LastIndexOf(':');
        return colon > 0 && colon < text.Length - 1 && text.IndexOf('/', colon) < 0
            ? new HubName(text.Substring(0, colon), text.Substring(colon + 1))
            : new HubName(text, null);
    }
}
