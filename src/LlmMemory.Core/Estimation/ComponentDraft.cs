using System;

namespace LlmMemory.Estimation;

/// <summary>A component before the total that it is a share of is known.</summary>
/// <param name="Role">The column it counts towards.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size, never negative.</param>
/// <param name="Formula">Writes its formula; called when somebody reads it, because most estimates are only sorted.</param>
/// <param name="Source">Where the formula comes from.</param>
internal readonly record struct ComponentDraft(
    ComponentRole Role, string Name, long Bytes, Func<string> Formula, string Source);
