namespace TorchSharp.Utils;

/// <summary>The name under which a field's module, parameter or buffer is registered, if not the field's own.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public class ComponentNameAttribute : Attribute
{
    public string Name { get; set; } = "";
}
