namespace Orleans.Serialization;

/// <summary>Copies values of one exact type.</summary>
internal abstract class TypeCopier
{
    public abstract object CopyObject(object value, DeepCopier copier);
}

/// <summary>Copies values of one exact type.</summary>
internal abstract class TypeCopier<T> : TypeCopier
{
    public abstract T Copy(T value, DeepCopier copier);

    public override object CopyObject(object value, DeepCopier copier) => Copy((T)value, copier)!;
}
