namespace LlmMemory.Json;

/// <summary>What a <see cref="JsonTokenizer"/> stands on.</summary>
internal enum JsonTokenKind
{
    /// <summary>An opening brace.</summary>
    ObjectStart,

    /// <summary>A closing brace.</summary>
    ObjectEnd,

    /// <summary>An opening bracket.</summary>
    ArrayStart,

    /// <summary>A closing bracket.</summary>
    ArrayEnd,

    /// <summary>A member's name; its value follows.</summary>
    Name,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>The word true.</summary>
    True,

    /// <summary>The word false.</summary>
    False,

    /// <summary>The word null.</summary>
    Null,

    /// <summary>The document is over.</summary>
    End,
}
